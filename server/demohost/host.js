"use strict";

// The queue that a website sets up, so that it may call the chat before it is there.
window.$chat =
  window.$chat ||
  function () {
    (window.$chat.q = window.$chat.q || []).push(arguments);
  };

// A website whose pages change without loading.
function show(name) {
  const pages = [...document.querySelectorAll("[data-shows]")];
  const known = pages.some((page) => page.dataset.shows === name);
  for (const page of pages) page.hidden = page.dataset.shows !== (known ? name : "home");
  for (const link of document.querySelectorAll("[data-page]")) {
    if (link.dataset.page === (known ? name : "home")) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

const asked = () => new URLSearchParams(location.search).get("page") || "home";

document.addEventListener("DOMContentLoaded", () => show(asked()));
window.addEventListener("popstate", () => show(asked()));

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest("[data-page]");
  if (link) {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("page", link.dataset.page);
    history.pushState(null, "", address);
    show(link.dataset.page);
    window.$chat("page");
    return;
  }
  const button = target?.closest("[data-chat]");
  if (!button) return;
  if (button.dataset.chat === "prefill") window.$chat("prefill", button.dataset.text);
  window.$chat("open");
});
