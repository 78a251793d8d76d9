/* What the search box offers; it comes with the first look into the box. */
export { pieceAt, replaced } from "./complete/language";
export { stockOf } from "./complete/stock";
export { allFilters, suggestionsFor } from "./complete/values";
export { beginnings, sectionsFor } from "./options";
