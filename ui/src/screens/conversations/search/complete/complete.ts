/* What completes a query; it comes with the first look into the search box. */
export { pieceAt, replaced } from "./language";
export { allFilters, suggestionsFor } from "./values";
