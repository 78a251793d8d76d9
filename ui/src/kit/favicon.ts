import plain from "../theme/icon.svg";
import dotted from "../theme/icon-news.svg";

/** Puts a dot on the page's icon, or takes it away. */
export function showNews(isNews: boolean): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const address = isNews ? dotted : plain;
  if (link && link.getAttribute("href") !== address) link.setAttribute("href", address);
}
