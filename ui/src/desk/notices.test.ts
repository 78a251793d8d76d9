import { describe, expect, it } from "vitest";
import { Notices } from "./notices.svelte";

describe("notices", () => {
  it("say that something was copied only when it was", () => {
    const notices = new Notices();
    const key = ((name: string) => name) as never;
    notices.copied(true);
    notices.copied(false);
    expect(notices.all.map(({ text, isFault }) => [text(key), isFault])).toEqual([
      ["msg.copied", false],
      ["msg.notCopied", true],
    ]);
  });

  it("tell a burst of news in one notice, and anew once that is gone", () => {
    const notices = new Notices();
    const t = ((name: string, { n }: { n?: number } = {}) => `${name} ${n ?? ""}`.trim()) as never;
    const opened: number[] = [];
    const news = (number: number) => ({
      number,
      text: () => `of ${number}`,
      open: () => void opened.push(number),
    });
    const says = () => notices.all.map(({ text }) => text(t));
    notices.tellNews(news(1));
    notices.tellNews(news(1));
    expect(says()).toEqual(["of 1"]);
    notices.tellNews(news(2));
    expect(says()).toEqual(["notice.news 2"]);
    for (const notice of notices.all) notices.open(notice);
    expect([opened, says()]).toEqual([[2], []]);
    notices.tellNews(news(3));
    expect(says()).toEqual(["of 3"]);
  });
});
