// Runs before the first paint, so that a chosen theme and language never flash in.
// Kept free of modules and build steps: it is served as it stands.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem("parley.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    var language = localStorage.getItem("parley.language") || navigator.language || "tr";
    root.lang = /^en\b/i.test(language) ? "en" : "tr";
  } catch {
    // Storage may be forbidden; the page then follows the system.
  }
})();
