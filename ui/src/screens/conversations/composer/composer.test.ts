import { describe, expect, it } from "vitest";
import { fillVariables, openPlaces } from "$text/variables";
import { askedBefore } from "./insert";

describe("the slash", () => {
  it.each([
    ["/", 0, ""],
    ["/kar", 0, "kar"],
    ["Merhaba /iade", 8, "iade"],
    ["bir\n/", 4, ""],
  ])("asks for replies in %j", (text, from, query) =>
    expect(askedBefore(text, text.length)).toEqual({ kind: "saved", from, query }),
  );

  it.each(["ve/veya", "https://x.test", "/kar ", "", "a/"])("means nothing in %j", (text) =>
    expect(askedBefore(text, text.length)).toBeUndefined(),
  );

  it("counts up to the caret", () => {
    expect(askedBefore("/kargo nerede", 3)).toEqual({ kind: "saved", from: 0, query: "ka" });
  });
});

describe("the colon", () => {
  it.each([
    [":gül", 0, "gül"],
    ["Tamam :ok", 6, "ok"],
    ["bir\n:smi", 4, "smi"],
  ])("asks for emoji in %j", (text, from, query) =>
    expect(askedBefore(text, text.length)).toEqual({ kind: "emoji", from, query }),
  );

  it.each([":", ":g", "14:30", "https://x.test", "Not:bu", ":gül yüz", ":-)"])(
    "means nothing in %j",
    (text) => expect(askedBefore(text, text.length)).toBeUndefined(),
  );
});

describe("open places", () => {
  it("are where nothing was filled in", () => {
    expect(openPlaces("Sayın {{customer.name}}, {{attr.şehir|}}.")).toEqual([
      { name: "customer.name", from: 6, to: 23 },
      { name: "attr.şehir", from: 25, to: 40 },
    ]);
    expect(openPlaces("{ } {{}} {{ }} {a}")).toEqual([]);
  });
});

describe("variables", () => {
  const values = { "customer.name": "Ada", "agent.name": "", "attr.şehir": "İzmir" };

  it.each([
    ["Merhaba {{customer.name}}!", "Merhaba Ada!"],
    ["{{ customer.name }}", "Ada"],
    ["{{attr.şehir}}, {{attr.teslim yeri|adres}}", "İzmir, adres"],
    ["{{agent.name|ekibimiz}}", "ekibimiz"],
    ["{{agent.name}}", "{{agent.name}}"],
    ["{{unknown}} {x}", "{{unknown}} {x}"],
    ["{{customer.name}}{{customer.name}}", "AdaAda"],
  ])("%s", (text, want) => expect(fillVariables(text, values).text).toBe(want));

  it("put the caret where they say, after what was filled before it", () => {
    expect(fillVariables("{{customer.name}}, {{cursor}}.", values)).toEqual({ text: "Ada, .", caret: 5 });
    expect(fillVariables("abc", values)).toEqual({ text: "abc", caret: 3 });
  });

  it("do not fill what was filled in", () => {
    expect(fillVariables("{{customer.name}}", { "customer.name": "{{agent.name}}" }).text).toBe(
      "{{agent.name}}",
    );
  });
});
