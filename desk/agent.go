package desk

// Agent is a person of the team.
type Agent struct {
	ID        ID
	Rev       uint64
	Name      string
	Email     string // as FoldEmail gives it; unique
	Role      Role
	Active    bool   // a disabled agent cannot sign in or lead
	Language  string // tr or en; empty follows the browser
	Photo     string // the mark under which their photo is kept; another one has another mark; "" for none
	CreatedAt Time
}

// Role is what an agent may do.
type Role uint8

// The roles, least first. The values are stored: never renumber.
const (
	RoleReporter Role = 1 // reads, changes nothing
	RoleAgent    Role = 2
	RoleAdmin    Role = 3
	RoleOwner    Role = 4
)

var roleNames = [...]string{"", "reporter", "agent", "admin", "owner"}

func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return ""
}

// ParseRole reads a role's name.
func ParseRole(name string) (Role, error) {
	for role := RoleReporter; role <= RoleOwner; role++ {
		if roleNames[role] == name {
			return role, nil
		}
	}
	return 0, Refuse(CodeInvalid, "role", roleHelp)
}

const roleHelp = "The roles are owner, admin, agent and reporter."

// AgentChange is what may be changed of an agent; a nil field stays.
type AgentChange struct {
	Name, Email, Language *string
	Photo                 *string // "" takes it away
	Role                  *Role
	Active                *bool
}

// Change applies a change. Whether the last owner would go is the caller's to
// say, because it takes the other agents to know: see GuardLastOwner.
func (a *Agent) Change(by Actor, change *AgentChange, now Time) (Agent, []Event, error) {
	next := *a
	if change.Name != nil {
		clean, err := CleanName("name", *change.Name, MaxNameRunes)
		if err != nil {
			return Agent{}, nil, err
		}
		next.Name = clean
	}
	if change.Email != nil {
		clean, err := CleanEmail(*change.Email)
		if err != nil {
			return Agent{}, nil, err
		}
		next.Email = clean
	}
	if change.Language != nil {
		if *change.Language != "" && *change.Language != "tr" && *change.Language != "en" {
			return Agent{}, nil, Refuse(CodeInvalid, "language", "The languages are tr and en.")
		}
		next.Language = *change.Language
	}
	set(&next.Photo, change.Photo)
	if change.Role != nil {
		if *change.Role < RoleReporter || *change.Role > RoleOwner {
			return Agent{}, nil, Refuse(CodeInvalid, "role", roleHelp)
		}
		next.Role = *change.Role
	}
	if change.Active != nil {
		next.Active = *change.Active
	}
	if next == *a {
		return next, nil, nil
	}
	return next, []Event{{Type: AgentUpdated, Subject: a.ID, Actor: by, At: now}}, nil
}

// GuardLastOwner refuses a change after which nobody could administer the team.
// otherOwners counts the active owners besides this agent.
func GuardLastOwner(before, after *Agent, otherOwners int) error {
	was := before.Role == RoleOwner && before.Active
	is := after.Role == RoleOwner && after.Active
	if was && !is && otherOwners == 0 {
		return Refuse(CodeLastOwner, "", "This is the last active owner; make somebody else an owner first.")
	}
	return nil
}

// NewAgent checks the fields of a new agent.
func NewAgent(id ID, name, email string, role Role, language string, by Actor, now Time) (Agent, []Event, error) {
	blank := Agent{ID: id, Active: true, CreatedAt: now}
	agent, _, err := blank.Change(by, &AgentChange{Name: &name, Email: &email, Language: &language, Role: &role}, now)
	if err != nil {
		return Agent{}, nil, err
	}
	return agent, []Event{{Type: AgentCreated, Subject: id, Actor: by, At: now}}, nil
}

// Limits on an agent's photo as it is kept.
const (
	MaxPhotoBytes = 256 << 10
	MaxPhotoSide  = 1024 // pixels
)
