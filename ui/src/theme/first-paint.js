// Runs before the first paint, so that a chosen theme, text size and language never flash in.
// Kept free of modules and build steps: it is served as it stands.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem("parley.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    var density = localStorage.getItem("parley.density");
    if (density) root.dataset.density = density;
    var size = Number(localStorage.getItem("parley.size"));
    if (size >= 90 && size <= 125) root.style.fontSize = size + "%";
    var language = localStorage.getItem("parley.language") || navigator.language || "tr";
    root.lang = /^en\b/i.test(language) ? "en" : "tr";
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
})();
