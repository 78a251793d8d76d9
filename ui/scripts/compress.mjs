/*
 * Puts NAME.br and NAME.gz beside every text of the built frontend, pressed as hard as
 * it goes, so that the server has nothing to compress and needs no memory for it. What
 * would not get smaller stays alone. The same input gives the same bytes.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist", import.meta.url).pathname;
const texts = new Set([
  ".html",
  ".js",
  ".mjs",
  ".css",
  ".json",
  ".map",
  ".webmanifest",
  ".svg",
  ".txt",
  ".wasm",
]);

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
const gzip = (bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });

const sums = { files: 0, plain: 0, brotli: 0, gzip: 0 };
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !texts.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const plain = readFileSync(path);
  const [br, gz] = [brotli(plain), gzip(plain)];
  if (br.length < plain.length) writeFileSync(`${path}.br`, br);
  if (gz.length < plain.length) writeFileSync(`${path}.gz`, gz);
  sums.files++;
  sums.plain += plain.length;
  sums.brotli += Math.min(br.length, plain.length);
  sums.gzip += Math.min(gz.length, plain.length);
}
console.log(`${sums.files} texts: ${sums.plain} bytes, ${sums.brotli} as brotli, ${sums.gzip} as gzip`);
