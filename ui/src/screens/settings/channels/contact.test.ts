import { expect, test } from "vitest";
import type { Site } from "$api/types";
import { withContact } from "./contact";

const site = (changes: object) => ({ rev: 4, name: "Shop", color: "#0b666b", ...changes }) as Site;
const at = "2026-11-29T10:00:00.000Z";

test("a first contact joins what is being edited", () => {
  const found = site({ rev: 5, first_contact_at: at });
  expect(withContact(site({}), found, site({ name: "Mağaza" }))).toEqual({ ...found, name: "Mağaza" });
  expect(JSON.stringify(withContact(site({}), found, site({})))).toBe(JSON.stringify(found));
});

test("a logo that was taken away stays away", () => {
  const logo = { path: "/x.png", width: 1, height: 1 };
  const found = site({ rev: 5, logo, first_contact_at: at });
  expect(withContact(site({ logo }), found, site({}))).not.toHaveProperty("logo");
});

test("another change, or no contact, is left to saving", () => {
  expect(withContact(site({}), site({ rev: 5 }), site({}))).toBeUndefined();
  const other = site({ rev: 6, name: "Elsewhere", first_contact_at: at });
  expect(withContact(site({}), other, site({}))).toBeUndefined();
});
