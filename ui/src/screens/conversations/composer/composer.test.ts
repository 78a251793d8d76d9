import { describe, expect, it } from "vitest";
import { fillVariables } from "$text/variables";
import { slashBefore } from "./insert";

describe("the slash", () => {
  it.each([
    ["/", 0, ""],
    ["/kar", 0, "kar"],
    ["Merhaba /iade", 8, "iade"],
    ["bir\n/", 4, ""],
  ])("asks for replies in %j", (text, from, query) =>
    expect(slashBefore(text, text.length)).toEqual({ from, query }),
  );

  it.each(["ve/veya", "https://x.test", "/kar ", "", "a/"])("means nothing in %j", (text) =>
    expect(slashBefore(text, text.length)).toBeUndefined(),
  );

  it("counts up to the caret", () => {
    expect(slashBefore("/kargo nerede", 3)).toEqual({ from: 0, query: "ka" });
  });
});

describe("variables", () => {
  const values = { "customer.name": "Ada", "agent.name": "", "attr.şehir": "İzmir" };

  it.each([
    ["Merhaba {{customer.name}}!", "Merhaba Ada!"],
    ["{{ customer.name }}", "Ada"],
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
