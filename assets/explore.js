/* Keeps the page of exploration and its address together: choices, links between its views, presses
   in charts and in the grid lead to another address, from which Dash draws what is shown. Until Dash
   is there, links are links, and a choice waits for it (assets/dash_takeover.js). */
(function () {
  "use strict";
  var path = location.pathname;

  document.addEventListener("change", choose);
  document.addEventListener("submit", choose);
  document.addEventListener("click", follow);
  /* A chart for a phone has names above its rows. */
  document.addEventListener("click", function (event) {
    if (!event.target.closest("#explore-chart-button") || document.getElementById("painted")) return;
    window.dash_clientside.set_props("explore-narrow", { data: matchMedia("(max-width: 54rem)").matches });
  }, true);
  window.addEventListener("popstate", function () {
    if (document.getElementById("painted")) location.reload();
    else draw();
  });
  window.early.forEach(function (event) { if (event.type === "change") choose(event); });

  function draw() {
    document.dispatchEvent(new Event("swapped"));
  }

  function go(search) {
    history.pushState(null, "", path + search);
    draw();
  }

  /* The query of the form, short: several choices of one filter have commas between them. */
  function choose(event) {
    var form = event.target.closest("#explore-form");
    if (!form) return;
    event.preventDefault();
    var values = {};
    new FormData(form).forEach(function (value, name) {
      if (value) (values[name] = values[name] || []).push(encodeURIComponent(value).replace(/%2C/g, ","));
    });
    var query = Object.keys(values).map(function (name) { return name + "=" + values[name].join(","); });
    go(query.length ? "?" + query.join("&") : "");
  }

  function follow(event) {
    var link = event.target.closest("#explore a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== path || link.hash || document.getElementById("painted")) return;
    event.preventDefault();
    go(link.search);
  }

  /* What Dash has drawn; its address goes without what means nothing. */
  function settle(address) {
    if (!address) return;
    history.replaceState(null, "", address);
    var search = location.search;
    var other = document.getElementById("language-switch");
    var canonical = document.querySelector("link[rel=canonical]");
    other.href = other.pathname + search;
    if (canonical) canonical.href = location.origin + path + search;
    performance.mark("explored");
  }

  /* A press on a mark of a chart, or in a row of the grid, picks its indicator; once more lets it go. */
  function pick(slug) {
    var query = new URLSearchParams(location.search);
    if (query.get("pick") === slug) query.delete("pick");
    else query.set("pick", slug);
    var search = query.toString().replace(/%2C/g, ",");
    go(search ? "?" + search : "");
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, {
    explore: {
      settle: function (address) {
        settle(address);
        return window.dash_clientside.no_update;
      },
      pressed: function (event) {
        var point = event && event.points && event.points[0];
        var data = point && point.customdata;
        if (data && data[0]) pick(slugOf(data[0]));
        return window.dash_clientside.no_update;
      },
      columns: function (shown, definitions) {
        return definitions.map(function (one) {
          return Object.assign({}, one, { hide: shown.indexOf(one.field) < 0 });
        });
      },
      cell: function (event) {
        if (event && event.rowId) pick(slugOf(event.rowId.split("|")[1]));
        return window.dash_clientside.no_update;
      },
    },
  });

  function slugOf(code) {
    return code.toLowerCase().replace(/: /g, "-");
  }
})();
