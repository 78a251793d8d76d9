package desk

// View is one of the seven tabs.
type View string

// The seven views.
const (
	ViewInbox      View = "inbox"
	ViewUnassigned View = "unassigned"
	ViewAssigned   View = "assigned"
	ViewResolved   View = "resolved"
	ViewUnresolved View = "unresolved"
	ViewJetBot     View = "jetbot"
	ViewArchive    View = "archive"
)

// AllViews lists the views in the order of the tabs.
var AllViews = [...]View{ViewInbox, ViewUnassigned, ViewAssigned, ViewResolved, ViewUnresolved, ViewJetBot, ViewArchive}

// Place is where a conversation stands: exactly one of five, from which every
// view follows. The store orders and counts by place; views are sums of places.
type Place uint8

// The five places. The values are written into keys: never renumber.
const (
	PlaceUnassigned Place = 1
	PlaceAssigned   Place = 2
	PlaceJetBot     Place = 3
	PlaceResolved   Place = 4
	PlaceArchive    Place = 5
)

// Place says where the conversation stands.
func (c *Conversation) Place() Place {
	switch {
	case c.Archived:
		return PlaceArchive
	case c.State == Resolved:
		return PlaceResolved
	case c.Lead == LeadBot:
		return PlaceJetBot
	case c.Lead == LeadAgent:
		return PlaceAssigned
	default:
		return PlaceUnassigned
	}
}

// placesOf is the one table of what each view holds.
var placesOf = map[View][]Place{
	ViewInbox:      {PlaceUnassigned, PlaceAssigned, PlaceJetBot, PlaceResolved},
	ViewUnassigned: {PlaceUnassigned},
	ViewAssigned:   {PlaceAssigned},
	ViewResolved:   {PlaceResolved},
	ViewUnresolved: {PlaceUnassigned, PlaceAssigned, PlaceJetBot},
	ViewJetBot:     {PlaceJetBot},
	ViewArchive:    {PlaceArchive},
}

// Places lists the places that a view holds; none for an unknown view. The
// caller must not change the slice.
func (v View) Places() []Place { return placesOf[v] }

// viewsOf turns placesOf around once.
var viewsOf = func() (table [PlaceArchive + 1][]View) {
	for _, view := range AllViews {
		for _, place := range placesOf[view] {
			table[place] = append(table[place], view)
		}
	}
	return table
}()

// Views lists the views that hold a place. The caller must not change the slice.
func (p Place) Views() []View {
	if int(p) >= len(viewsOf) {
		return nil
	}
	return viewsOf[p]
}

// Views lists the views that hold the conversation.
func (c *Conversation) Views() []View { return c.Place().Views() }
