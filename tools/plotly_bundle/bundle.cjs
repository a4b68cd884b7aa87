// Bundles charts.cjs into one minified script that sets window.Plotly: node bundle.cjs OUT
const esbuild = require("esbuild");
const { version } = require("plotly.js/package.json");

esbuild
  .build({
    entryPoints: [require.resolve("./charts.cjs")],
    outfile: process.argv[2],
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "Plotly",
    target: "es2020",
    logLevel: "error",
    legalComments: "eof",
    banner: {
      js: `/* plotly.js v${version} (scatter, bar, sunburst; ru), Copyright Plotly, Inc., MIT licence */`,
    },
    // Some dependencies ask for Node's name of the global object, or for an AMD loader.
    define: { global: "window", "define.amd": "false" },
    // The only style sheet belongs to map traces, which are not in the bundle.
    loader: { ".css": "empty" },
  })
  .catch(() => process.exit(1));
