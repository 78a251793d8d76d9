/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module "lucide/dist/esm/icons/*.mjs" {
  const node: [string, Record<string, string>][];
  export default node;
}
