package search

import "parley/desk"

// The terms of the facet field. Heads have headFacet, a place, the agent, the team
// and the tags; pieces the kinds of their messages.
const (
	headFacet = "h"
	fileFacet = "F"
)

func kindFacet(k desk.MessageKind) string { return string([]byte{'k', byte(k)}) }

func placeFacet(p desk.Place) string { return string([]byte{'p', byte(p)}) }

func agentFacet(id desk.ID) string { return "a" + string(id[:]) }

func teamFacet(id desk.ID) string { return "T" + string(id[:]) }

func tagFacet(folded string) string { return "t" + folded }

func conversationFacets(c *desk.Conversation) []string {
	facets := []string{headFacet, placeFacet(c.Place())}
	if !c.Agent.IsZero() {
		facets = append(facets, agentFacet(c.Agent))
	}
	if !c.Team.IsZero() {
		facets = append(facets, teamFacet(c.Team))
	}
	for _, tag := range c.Tags {
		facets = append(facets, tagFacet(Fold(tag)))
	}
	return facets
}
