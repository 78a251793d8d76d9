import { createServer, request, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Browser, BrowserContext } from "@playwright/test";

/** The line between a browser and Parley, which a test can cut and mend. */
export class Line {
  private readonly sockets = new Set<Socket>();
  private readonly proxy: Server;
  private isCut = false;

  private constructor() {
    this.proxy = createServer((asked, answer) => {
      const { method, url, headers } = asked;
      const onward = request(url ?? "", { method, headers }, (given) => {
        answer.writeHead(given.statusCode ?? 502, given.rawHeaders);
        given.pipe(answer);
      });
      onward.on("error", () => answer.destroy());
      asked.pipe(onward);
    });
    // Sockets of the web are tunnelled.
    this.proxy.on("connect", ({ url }, near: Socket) => {
      const { hostname, port } = new URL(`http://${url}`);
      const far = connect(Number(port), hostname, () => {
        near.write("HTTP/1.1 200 OK\r\n\r\n");
        near.pipe(far).pipe(near);
      });
      far.on("error", () => near.destroy());
      far.on("close", () => near.destroy());
      near.on("error", () => far.destroy());
      near.on("close", () => far.destroy());
    });
    this.proxy.on("connection", (socket: Socket) => {
      if (this.isCut) return socket.destroy();
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
    });
  }

  static async lay(): Promise<Line> {
    const line = new Line();
    await new Promise<void>((done) => line.proxy.listen(0, "127.0.0.1", done));
    return line;
  }

  /** A browser of its own at the other end. */
  browse(browser: Browser): Promise<BrowserContext> {
    const { port } = this.proxy.address() as AddressInfo;
    const server = `http://127.0.0.1:${port}`;
    return browser.newContext({ proxy: { server, bypass: "<-loopback>" } });
  }

  /** Ends every connection and lets none come about. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.isCut = false;
  }

  close(): void {
    this.cut();
    this.proxy.close();
  }
}
