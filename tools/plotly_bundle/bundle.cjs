// Bundles charts.cjs into one minified script that sets window.Plotly: node bundle.cjs OUT
const esbuild = require("esbuild");
const { readFile } = require("node:fs/promises");
const { version } = require("plotly.js/package.json");

// What attributes say of themselves, for Plotly's reference; its own builds leave it out as well.
// Only what is nothing but strings goes.
const string = `(?:'(?:[^'\\\\\\n]|\\\\.)*'|"(?:[^"\\\\\\n]|\\\\.)*")`;
const strings = `\\[\\s*(?:${string}\\s*,?\\s*)*\\]\\.join\\(\\s*${string}\\s*\\)`;
const DESCRIPTION = new RegExp(`\\bdescription:\\s*(?:${string}|${strings})\\s*(?:,|(?=\\}))`, "g");
const withoutDescriptions = {
  name: "without-descriptions",
  setup(build) {
    build.onLoad({ filter: /plotly\.js[\\/]src[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(DESCRIPTION, ""),
      loader: "js",
    }));
  },
};

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
    plugins: [withoutDescriptions],
    banner: {
      js: `/* plotly.js v${version} (scatter, bar, sunburst; ru), Copyright Plotly, Inc., MIT licence */`,
    },
    // Some dependencies ask for Node's name of the global object, or for an AMD loader.
    define: { global: "window", "define.amd": "false" },
    // The only style sheet belongs to map traces, which are not in the bundle.
    loader: { ".css": "empty" },
  })
  .catch(() => process.exit(1));
