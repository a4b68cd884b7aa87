// The part of plotly.js the site uses. Scatter is in the core.
const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/sunburst"),
  require("plotly.js/lib/locales/ru"),
]);

module.exports = Plotly;
