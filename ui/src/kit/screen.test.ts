import { describe, expect, it } from "vitest";
import { measures } from "./screen";

describe("what a keyboard leaves of the screen", () => {
  it("is what is seen, where it is seen", () => {
    expect(measures({ height: 844, pageTop: 0, scale: 1 }, 844)).toEqual({
      "--screen-height": "844px",
      "--screen-top": "0px",
    });
    expect(measures({ height: 460, pageTop: 120, scale: 1 }, 844)).toEqual({
      "--screen-height": "460px",
      "--screen-top": "120px",
      "--screen-clear": "0px",
    });
  });

  it("keeps clear of the edge while only the browser's own bars are in the way", () => {
    expect(measures({ height: 760, pageTop: 0, scale: 1 }, 844)["--screen-clear"]).toBeUndefined();
  });

  it("is not what somebody has zoomed into", () => {
    expect(measures({ height: 422, pageTop: 200, scale: 2 }, 844)).toEqual({});
  });

  it("is taken although the scale is not quite one, as browsers say it", () => {
    expect(measures({ height: 844, pageTop: 0, scale: 1.0004 }, 844)["--screen-height"]).toBe("844px");
  });
});
