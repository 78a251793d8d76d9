package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

func (s *Server) knowledgeRoutes() {
	operation(s, Route{http.MethodGet, "/knowledge", desk.ActionRead, "list-knowledge", "A page of what the bot knows, the newest first.", 0}, s.listKnowledge)
	operation(s, Route{http.MethodPost, "/knowledge", desk.ActionManageTeam, "create-knowledge", "Make an entry of the knowledge list.", 0}, s.createKnowledge)
	operation(s, Route{http.MethodPatch, "/knowledge/:id", desk.ActionManageTeam, "change-knowledge", "Change an entry; absent fields stay.", 0}, s.changeKnowledge)
	operation(s, Route{http.MethodDelete, "/knowledge/:id", desk.ActionManageTeam, "delete-knowledge", "Take an entry away.", http.StatusNoContent}, s.deleteKnowledge)
	operation(s, Route{http.MethodPost, "/knowledge/try", desk.ActionRead, "try-knowledge", "What the bot would make of a message; nothing is said to anybody.", 0}, s.tryKnowledge)
	operation(s, Route{http.MethodGet, "/knowledge/export", desk.ActionRead, "export-knowledge", "The whole knowledge list.", 0}, s.exportKnowledge)
	operation(s, Route{http.MethodGet, "/knowledge/:id", desk.ActionRead, "knowledge-entry", "One entry of the knowledge list.", 0}, s.knowledgeEntry)
	operation(s, Route{http.MethodPost, "/knowledge/import", desk.ActionManageTeam, "import-knowledge", "Take entries in, all or none; one whose first question is there already is changed. A long list may come in pieces.", 0}, s.importKnowledge)
	operation(s, Route{http.MethodGet, "/rules", desk.ActionRead, "list-rules", "The bot's rules in the order in which they are tried.", 0}, s.listRules)
	operation(s, Route{http.MethodPost, "/rules", desk.ActionManageTeam, "create-rule", "Make a rule of the bot.", 0}, s.createRule)
	operation(s, Route{http.MethodPatch, "/rules/:id", desk.ActionManageTeam, "change-rule", "Change a rule; absent fields stay.", 0}, s.changeRule)
	operation(s, Route{http.MethodDelete, "/rules/:id", desk.ActionManageTeam, "delete-rule", "Take a rule away.", http.StatusNoContent}, s.deleteRule)
}

type knowledgeInput struct {
	Q        string  `query:"q" maxLength:"200" doc:"Only entries that hold all these words, in any spelling."`
	Language string  `query:"language" enum:"tr,en,"`
	State    string  `query:"state" enum:"on,off," doc:"Only entries that are on, or off."`
	Cursor   desk.ID `query:"cursor"`
	Limit    int     `query:"limit" default:"50" minimum:"1" maximum:"100"`
}

func (s *Server) listKnowledge(_ context.Context, _ *caller, in *knowledgeInput) (*body[app.KnowledgePage], error) {
	query := app.KnowledgeQuery{Words: in.Q, Language: in.Language, Before: in.Cursor, Limit: in.Limit}
	if in.State != "" {
		on := in.State == "on"
		query.Enabled = &on
	}
	page, err := s.app.Knowledge(query)
	return &body[app.KnowledgePage]{page}, err
}

func (s *Server) knowledgeEntry(_ context.Context, _ *caller, in *IDInput) (*body[knowledgeAnswer], error) {
	entry, err := s.app.KnowledgeEntry(in.ID)
	return &body[knowledgeAnswer]{knowledgeAnswer{entry}}, err
}

// knowledgeBody is what may be set of an entry.
type knowledgeBody struct {
	Rev       *uint64   `json:"rev,omitempty" doc:"Refused with conflict when older than the entry's."`
	Language  *string   `json:"language,omitempty" enum:"tr,en"`
	Questions *[]string `json:"questions,omitempty" doc:"1 to 30 of at most 300 characters; the first is its title."`
	Answer    *string   `json:"answer,omitempty" doc:"At most 4 KiB."`
	Choices   *[]string `json:"choices,omitempty" doc:"At most 6 of at most 60 characters."`
	Enabled   *bool     `json:"enabled,omitempty"`
}

func (b *knowledgeBody) change() desk.KnowledgeChange {
	return desk.KnowledgeChange{Rev: b.Rev, Language: b.Language, Questions: b.Questions, Answer: b.Answer, Choices: b.Choices, Enabled: b.Enabled}
}

// knowledgeAnswer is the answer of every verb on an entry.
type knowledgeAnswer struct {
	Entry wire.Knowledge `json:"entry"`
}

type createKnowledgeInput struct{ Body knowledgeBody }

func (s *Server) createKnowledge(_ context.Context, who *caller, in *createKnowledgeInput) (*body[knowledgeAnswer], error) {
	entry, err := s.app.SaveKnowledge(app.SaveKnowledge{By: who.agent.ID, New: true, Change: in.Body.change()})
	return &body[knowledgeAnswer]{knowledgeAnswer{entry}}, err
}

type changeKnowledgeInput struct {
	IDInput
	Body knowledgeBody
}

func (s *Server) changeKnowledge(_ context.Context, who *caller, in *changeKnowledgeInput) (*body[knowledgeAnswer], error) {
	entry, err := s.app.SaveKnowledge(app.SaveKnowledge{By: who.agent.ID, ID: in.ID, Change: in.Body.change()})
	return &body[knowledgeAnswer]{knowledgeAnswer{entry}}, err
}

func (s *Server) deleteKnowledge(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.app.DeleteKnowledge(app.DeleteKnowledge{By: who.agent.ID, ID: in.ID})
}

type tryInput struct {
	Body struct {
		Text     string `json:"text" doc:"What a customer might write; at most 32 KiB."`
		Language string `json:"language,omitempty" doc:"The customer's: tr or en."`
	}
}

func (s *Server) tryKnowledge(_ context.Context, _ *caller, in *tryInput) (*body[app.Tried], error) {
	tried, err := s.app.Try(in.Body.Text, in.Body.Language)
	return &body[app.Tried]{tried}, err
}

// knowledgeFile is the knowledge list as it is exported and imported.
type knowledgeFile struct {
	Knowledge []app.KnowledgeItem `json:"knowledge" nullable:"false"`
}

func (s *Server) exportKnowledge(_ context.Context, _ *caller, _ *struct{}) (*body[knowledgeFile], error) {
	leave, err := s.takeExport()
	if err != nil {
		return nil, err
	}
	defer leave()
	items, err := s.app.ExportKnowledge()
	return &body[knowledgeFile]{knowledgeFile{items}}, err
}

type importKnowledgeInput struct{ Body knowledgeFile }

func (s *Server) importKnowledge(_ context.Context, who *caller, in *importKnowledgeInput) (*body[app.KnowledgeImport], error) {
	done, err := s.app.ImportKnowledge(app.ImportKnowledge{By: who.agent.ID, Items: in.Body.Knowledge})
	return &body[app.KnowledgeImport]{done}, err
}

// ruleList is every rule of the bot.
type ruleList struct {
	Rules []wire.Rule `json:"rules" nullable:"false"`
}

func (s *Server) listRules(_ context.Context, _ *caller, _ *struct{}) (*body[ruleList], error) {
	rules, err := s.app.Rules()
	return &body[ruleList]{ruleList{rules}}, err
}

// ruleBody is what may be set of a rule.
type ruleBody struct {
	Rev      *uint64         `json:"rev,omitempty" doc:"Refused with conflict when older than the rule's."`
	Language *string         `json:"language,omitempty" doc:"tr, en, or empty for any."`
	Phrases  *[]string       `json:"phrases,omitempty" doc:"1 to 50 of at most 100 characters."`
	Match    *desk.RuleMatch `json:"match,omitempty" enum:"word,phrase,exact" doc:"word: all words of a phrase, in any order and form; phrase: the phrase stands in the message; exact: the message is the phrase."`
	Answer   *string         `json:"answer,omitempty" doc:"At most 4 KiB; may be empty where the rule hands over."`
	Choices  *[]string       `json:"choices,omitempty" doc:"At most 6 of at most 60 characters."`
	Handover *bool           `json:"handover,omitempty"`
	Enabled  *bool           `json:"enabled,omitempty"`
	Position *uint32         `json:"position,omitempty" doc:"The lowest that matches is taken; absent puts a new one last."`
}

func (b *ruleBody) change() desk.RuleChange {
	return desk.RuleChange{
		Rev: b.Rev, Language: b.Language, Phrases: b.Phrases, Match: b.Match, Answer: b.Answer, Choices: b.Choices,
		Handover: b.Handover, Enabled: b.Enabled, Position: b.Position,
	}
}

// ruleAnswer is the answer of every verb on a rule.
type ruleAnswer struct {
	Rule wire.Rule `json:"rule"`
}

type createRuleInput struct{ Body ruleBody }

func (s *Server) createRule(_ context.Context, who *caller, in *createRuleInput) (*body[ruleAnswer], error) {
	rule, err := s.app.SaveRule(app.SaveRule{By: who.agent.ID, New: true, Change: in.Body.change()})
	return &body[ruleAnswer]{ruleAnswer{rule}}, err
}

type changeRuleInput struct {
	IDInput
	Body ruleBody
}

func (s *Server) changeRule(_ context.Context, who *caller, in *changeRuleInput) (*body[ruleAnswer], error) {
	rule, err := s.app.SaveRule(app.SaveRule{By: who.agent.ID, ID: in.ID, Change: in.Body.change()})
	return &body[ruleAnswer]{ruleAnswer{rule}}, err
}

func (s *Server) deleteRule(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.app.DeleteRule(app.DeleteRule{By: who.agent.ID, ID: in.ID})
}
