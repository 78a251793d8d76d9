import { crc32, deflateSync } from "node:zlib";

export type Color = readonly [number, number, number];

/** A picture of one colour, or of a colour at each place. */
export function png(width: number, height: number, color: Color | ((x: number, y: number) => Color)): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const at = typeof color === "function" ? color : () => color;
  const row = (y: number) =>
    Buffer.from([0, ...Array.from({ length: width }, (_, x) => [...at(x, y)]).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, (_, y) => row(y))));
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A quince on a table. */
export function quince(width: number, height: number): Buffer {
  return png(width, height, (x, y) => {
    const [dx, dy] = [(x - width * 0.46) / (height * 0.3), (y - height * 0.55) / (height * 0.32)];
    const far = dx * dx + dy * dy + 0.12 * Math.sin(3 * Math.atan2(dy, dx));
    if (Math.abs(x - width * 0.47) < 3 && y > height * 0.16 && y < height * 0.28) return [92, 70, 44];
    if (far < 1) return [226 - 50 * far, 184 - 46 * far, 66 - 20 * far];
    return y > height * 0.7 ? [168, 122, 86] : [226, 221, 208];
  });
}
