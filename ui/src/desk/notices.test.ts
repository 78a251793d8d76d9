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

  it("undo what was begun last, also while it is still being done", () => {
    const notices = new Notices();
    const undone: string[] = [];
    const deed = (name: string) => ({ text: () => name, undo: () => void undone.push(name) });
    expect(notices.undoNewest()).toBe(false);
    notices.begin()(deed("assigned"));
    const end = notices.begin();
    expect(notices.undoNewest()).toBe(true);
    expect(undone).toEqual([]);
    end(deed("resolved"));
    end(deed("resolved"));
    expect(undone).toEqual(["resolved"]);
    expect(notices.all).toHaveLength(1);
    notices.undoNewest();
    expect(undone).toEqual(["resolved", "assigned"]);
    expect([notices.all, notices.undoNewest()]).toEqual([[], false]);
  });

  it("undo in the order in which things were begun, whichever was done first", () => {
    const notices = new Notices();
    const undone: string[] = [];
    const deed = (name: string) => ({ text: () => name, undo: () => void undone.push(name) });
    const [endFirst, endSecond] = [notices.begin(), notices.begin()];
    endSecond(deed("second"));
    endFirst(deed("first"));
    notices.undoNewest();
    notices.undoNewest();
    expect(undone).toEqual(["second", "first"]);
  });

  it("leave what failed alone, though it was to be undone", () => {
    const notices = new Notices();
    const end = notices.begin();
    expect([notices.undoNewest(), notices.undoNewest()]).toEqual([true, false]);
    end();
    expect(notices.all).toEqual([]);
  });
});
