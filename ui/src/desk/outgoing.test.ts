import { describe, expect, it } from "vitest";
import { ApiError } from "$api/error";
import {
  afterFault,
  draftOf,
  patience,
  readOutgoing,
  ready,
  retried,
  sending,
  type Outgoing,
} from "./outgoing";

const message = (given: Partial<Outgoing> = {}): Outgoing => ({
  id: "a",
  number: 1,
  text: "hello",
  note: false,
  files: [],
  at: 0,
  stage: "queued",
  tries: 0,
  ...given,
});

const fault = (code: string, status: number) => new ApiError(code, status);

describe("after a fault", () => {
  const tried = sending(message(), 1000);

  it.each([
    ["offline", 0],
    ["timeout", 0],
    ["unavailable", 503],
    ["internal", 500],
    ["rate_limited", 429],
  ])("%s it is tried again for a minute, then it has failed", (code, status) => {
    const soon = afterFault(tried, fault(code, status), 2000, true);
    expect(soon).toMatchObject({ stage: "queued", tries: 1 });
    const late = afterFault(tried, fault(code, status), 1000 + patience, true);
    expect(late).toMatchObject({ stage: "failed", code });
  });

  it("waits for as long as there is no connection", () => {
    const later = afterFault(tried, fault("offline", 0), 1000 + 100 * patience, false);
    expect(later).toMatchObject({ stage: "queued", since: undefined });
  });

  it("of the session waits for the next one", () => {
    expect(afterFault(tried, fault("unauthorized", 401), 2000, true).stage).toBe("queued");
  });

  it("of another reply it has collided", () => {
    expect(afterFault(tried, fault("collision", 409), 2000, true).stage).toBe("collided");
  });

  it.each([
    ["too_long", 422],
    ["archived", 409],
    ["conflict", 409],
    ["forbidden", 403],
  ])("%s it has failed at once", (code, status) => {
    expect(afterFault(tried, fault(code, status), 2000, true)).toMatchObject({ stage: "failed", code });
  });

  it("a retry starts the minute anew and keeps the id", () => {
    const failed = afterFault(tried, fault("timeout", 0), 1000 + patience, true);
    const again = sending(retried(failed), 500_000);
    expect(again).toMatchObject({ id: "a", stage: "sending", since: 500_000, code: undefined });
  });
});

describe("what may go", () => {
  it("is the first of each conversation, if it waits", () => {
    const all = [
      message({ id: "a", number: 1, stage: "sending" }),
      message({ id: "b", number: 1 }),
      message({ id: "c", number: 2 }),
      message({ id: "d", number: 2 }),
      message({ id: "e", number: 3, stage: "failed" }),
      message({ id: "f", number: 3 }),
    ];
    expect(ready(all).map((each) => each.id)).toEqual(["c"]);
  });
});

describe("what is sent", () => {
  it("leaves out what does not apply", () => {
    expect(draftOf(message())).toEqual({ client_id: "a", text: "hello" });
    const file = { id: "f", name: "x", size: 1, type: "", width: 0, height: 0, inline: false };
    expect(draftOf(message({ note: true, seen: 0, files: [file] }))).toEqual({
      client_id: "a",
      text: "hello",
      note: true,
      attachments: ["f"],
      seen_seq: 0,
    });
  });
});

describe("what was kept", () => {
  it("comes back as it was; what was on its way waits again", () => {
    const kept = message({ stage: "sending", seen: 7, tries: 3, since: 5 });
    expect(readOutgoing(JSON.stringify(kept))).toEqual({ ...message(), seen: 7, code: undefined });
    expect(readOutgoing(JSON.stringify(message({ stage: "resting", delay: 5 })))?.stage).toBe("queued");
    expect(readOutgoing(JSON.stringify(message({ stage: "failed", code: "x" })))?.stage).toBe("failed");
  });

  it.each([null, "", "{", "[]", "null", '{"id":1}', '{"id":"a"}'])("%s is nothing", (kept) =>
    expect(readOutgoing(kept)).toBeUndefined(),
  );
});
