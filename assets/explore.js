/* Keeps the page of exploration and its address together: choices, links between its views, presses
   in charts and in the grid lead to another address, from which Dash draws what is shown. Until Dash
   is there, links are links, and a choice waits for it (assets/dash_takeover.js). */
(function () {
  "use strict";
  var path = location.pathname;
  var drawn = "";
  var current = location.search;
  var searched = "";
  var waiting = false;

  document.addEventListener("change", choose);
  document.addEventListener("submit", choose);
  document.addEventListener("click", follow);
  /* A chart for a phone has names above its rows. */
  document.addEventListener("click", function (event) {
    if (!event.target.closest("#explore-chart-button") || document.getElementById("painted")) return;
    window.dash_clientside.set_props("explore-narrow", { data: matchMedia("(max-width: 54rem)").matches });
  }, true);
  document.addEventListener("focusin", remember);
  document.addEventListener("copy", copyCell);
  document.addEventListener("awake", function () {
    if (!waiting || leadsTo(drawn)) settle(drawn);
    else draw();
  });
  new MutationObserver(function () {
    refocus();
    calm();
  }).observe(document.getElementById("explore"), { childList: true, subtree: true });
  window.addEventListener("popstate", function () {
    /* A link to a place on this page is no way back. */
    if (location.search === current) return;
    current = location.search;
    keep();
    if (document.getElementById("painted")) location.reload();
    else draw();
  });
  window.early.forEach(function (event) { if (event.type === "change") choose(event); });

  function draw() {
    document.dispatchEvent(new Event("swapped"));
  }

  function go(search) {
    if (leadsTo(path + search)) return;
    waiting = !!document.getElementById("painted");
    history.pushState(null, "", path + search);
    current = location.search;
    keep();
    mark();
    draw();
  }

  /* What no control shows goes with the next choice, whether this one has been answered or not. */
  function keep() {
    var query = new URLSearchParams(location.search);
    ["view", "kpi", "pick"].forEach(function (name) {
      document.getElementById("explore-" + name).value = query.get(name) || "";
    });
  }

  /* Whether an address has what this one has, in whatever order. */
  function leadsTo(address) {
    return parts(new URL(address, location.href).search) === parts(location.search);
  }

  function parts(search) {
    return search.slice(1).split("&").sort().join("&");
  }

  /* The query of the form, short: several choices of one filter have commas between them. */
  function choose(event) {
    var form = event.target.closest("#explore-form");
    if (event.target.closest("#explore-columns")) showColumn(event.target);
    if (!form) return;
    event.preventDefault();
    var values = {};
    searched = document.getElementById("explore-q").value;
    new FormData(form).forEach(function (value, name) {
      if (value) (values[name] = values[name] || []).push(encodeURIComponent(value).replace(/%2C/g, ","));
    });
    var query = Object.keys(values).map(function (name) { return name + "=" + values[name].join(","); });
    go(query.length ? "?" + query.join("&") : "");
  }

  function follow(event) {
    var link = event.target.closest("#explore a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    var target = addressOf(link);
    if (target.origin !== location.origin || target.pathname !== path || target.hash || document.getElementById("painted")) return;
    event.preventDefault();
    go(!drawn || leadsTo(drawn) ? target.search : joined(target));
  }

  /* A link was drawn for what is shown. Of a choice that has no answer yet all stays but what the
     link itself changes. */
  function joined(target) {
    var query = new URLSearchParams(location.search);
    var before = new URL(drawn, location.href).searchParams;
    var names = Array.from(before.keys()).concat(Array.from(target.searchParams.keys()));
    names.forEach(function (name) {
      var value = target.searchParams.get(name);
      if (value === before.get(name)) return;
      if (value === null) query.delete(name);
      else query.set(name, value);
    });
    return written(query);
  }

  function written(query) {
    var search = query.toString().replace(/%2C/g, ",");
    return search ? "?" + search : "";
  }

  /* What Dash has drawn; its address goes without what means nothing. What it draws out of sight, for
     the address with which the page was opened, must not undo a choice that waits for it. */
  function settle(address) {
    drawn = address;
    if (!address || document.getElementById("painted")) return;
    history.replaceState(null, "", address);
    current = location.search;
    mark();
    var search = location.search;
    var other = document.getElementById("language-switch");
    var canonical = document.querySelector("link[rel=canonical]");
    other.href = other.pathname + search;
    if (canonical) canonical.href = location.origin + path + search;
    performance.mark("explored");
  }

  function showColumn(box) {
    window.dash_ag_grid.getApi("explore-grid").setColumnsVisible([box.value], box.checked);
  }

  /* The form is left as it stands, but for what follows from the address. */
  function fill(chosen) {
    Object.keys(chosen.values).forEach(function (id) {
      var field = document.getElementById(id);
      if (id !== "explore-q" || field.value === searched) field.value = chosen.values[id];
    });
    document.querySelectorAll("#explore-form [type=checkbox]").forEach(function (box) {
      box.checked = chosen.ticked.indexOf(box.id) >= 0;
      if (box.id in chosen.counts) box.labels[0].lastElementChild.textContent = chosen.counts[box.id];
    });
  }

  /* A press on a mark of a chart, or in a row of the grid, picks its indicator; once more lets it go. */
  function pick(slug) {
    var query = new URLSearchParams(location.search);
    if (query.get("pick") === slug) query.delete("pick");
    else query.set("pick", slug);
    go(written(query));
  }

  /* What is picked is marked at once: only what else follows from it waits for the server. */
  function mark() {
    if (document.getElementById("painted")) return;
    var slug = picked(location.search);
    document.querySelectorAll("#explore-picture .v-name, #explore-picture svg a, #explore-rows th a").forEach(function (link) {
      (link.closest("tr, li, figure") || link).classList.toggle("on", !!slug && picked(addressOf(link).search) === slug);
    });
    var chart = document.querySelector("#explore-figure .js-plotly-plot");
    var meta = chart && chart.layout && chart.layout.meta;
    if (meta && meta.ground) markRows(chart, meta.ground, slug);
    if (meta && meta.lines) markLines(chart, meta.lines, slug);
  }

  /* Rows of a chart: a ground behind them, and their names in bold. Plotly would draw all of the
     chart again for it, in half a second. So its layout, which it reads before it draws the next
     time, and what it has drawn are changed side by side. */
  function markRows(chart, ground, slug) {
    var layout = chart.layout, places = [];
    chart.data.forEach(function (trace) {
      (trace.customdata || []).forEach(function (data, index) {
        var place = Math.round(trace.y[index]);
        if (slugOf(data[0]) === slug && places.indexOf(place) < 0) places.push(place);
      });
    });
    var before = (layout.shapes || []).map(function (shape) { return shape.y0 + 0.5; });
    if (String(places) === String(before)) return;
    var text = chart.data.find(function (trace) { return trace.mode === "text"; });
    var names = text ? text.text : layout.yaxis.ticktext;
    var drawn = chart.querySelectorAll(text ? ".textpoint text" : ".ytick text");
    before.forEach(function (place) { write(place, names[place].replace(/<\/?b>/g, ""), 400); });
    places.forEach(function (place) { write(place, "<b>" + names[place] + "</b>", 700); });
    layout.shapes = places.map(function (place) { return Object.assign({}, ground, { y0: place - 0.5, y1: place + 0.5 }); });
    drawGround(chart);

    function write(place, name, weight) {
      names[place] = name;
      [drawn[place]].concat(Array.from(drawn[place].children)).forEach(function (part) { part.style.fontWeight = weight; });
    }
  }

  /* Rings open at once for who wants no motion: Plotly asks before it moves them. */
  function calm() {
    var chart = document.querySelector("#explore-figure .js-plotly-plot");
    if (!chart || !chart.on || chart.calm || !matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    chart.calm = true;
    chart.on("plotly_sunburstclick", function (event) {
      if (event.nextLevel !== undefined) window.Plotly.restyle(chart, { level: event.nextLevel });
      return false;
    });
  }

  function drawGround(chart) {
    var layer = chart.querySelector(".layer-below .shapelayer");
    var field = chart.querySelector(".nsewdrag");
    var range = chart.layout.yaxis.range;
    layer.replaceChildren.apply(layer, chart.layout.shapes.map(function (shape) {
      var path = document.createElementNS(layer.namespaceURI, "path");
      var height = field.height.baseVal.value / (range[0] - range[1]);
      var top = field.y.baseVal.value + (shape.y0 - range[1]) * height;
      path.setAttribute("d", "M" + field.x.baseVal.value + "," + top + "h" + field.width.baseVal.value + "v" + height + "h-" + field.width.baseVal.value + "Z");
      path.setAttribute("fill", shape.fillcolor);
      return path;
    }));
  }

  /* Panels of a chart: their line has another colour. */
  function markLines(chart, colours, slug) {
    var places = [], wanted = [];
    chart.data.forEach(function (trace, place) {
      if (!trace.customdata) return;
      places.push(place);
      wanted.push(colours[slugOf(trace.customdata[0][0]) === slug ? 1 : 0]);
    });
    window.Plotly.restyle(chart, { "line.color": wanted }, places);
  }

  function picked(search) {
    return new URLSearchParams(search).get("pick");
  }

  /* A link in a drawing has no parts of its address. */
  function addressOf(link) {
    return new URL(link.getAttribute("href"), location.href);
  }

  /* The cell of the grid that has the focus is copied where nothing is selected in it: the grid's
     free edition copies selected text only, which takes a mouse. */
  function copyCell(event) {
    var cell = document.activeElement.closest("#explore-grid [role=gridcell]");
    if (!cell || !getSelection().isCollapsed) return;
    event.clipboardData.setData("text/plain", cell.textContent.trim());
    event.preventDefault();
  }

  /* The focus goes on where it was when what had it is drawn anew: to the same link, to what has
     its place, or to the name of the view. */
  var lost = null;

  function remember(event) {
    var element = event.target, region = element.closest("#explore") && element.parentElement.closest("[id]");
    lost = region && { element: element, region: region.id, key: keyOf(element), place: focusable(region).indexOf(element) };
  }

  function refocus() {
    if (!lost || lost.element.isConnected || document.activeElement !== document.body) return;
    var region = document.getElementById(lost.region);
    var there = region ? focusable(region) : [];
    var key = lost.key;
    var heir = there.find(function (element) { return keyOf(element) === key; }) ||
      there[Math.min(lost.place, there.length - 1)] || document.querySelector("#explore-tabs [aria-current]");
    if (heir) heir.focus();
  }

  function focusable(region) {
    return Array.prototype.slice.call(region.querySelectorAll("a[href], button, input, summary"));
  }

  function keyOf(element) {
    return element.textContent + " " + (element.getAttribute("href") ? picked(addressOf(element).search) : "");
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, {
    explore: {
      settle: function (address, chosen) {
        if (chosen) fill(chosen);
        settle(address);
        return window.dash_clientside.no_update;
      },
      pressed: function (event) {
        var point = event && event.points && event.points[0];
        var data = point && point.customdata;
        if (data && data[0]) pick(slugOf(data[0]));
        return window.dash_clientside.no_update;
      },
      cell: function (event) {
        /* Words of a cell that are selected to be copied are no press. */
        if (event && event.rowId && getSelection().isCollapsed) pick(slugOf(event.rowId.split("|")[1]));
        return window.dash_clientside.no_update;
      },
    },
  });

  function slugOf(code) {
    return code.toLowerCase().replace(/: /g, "-");
  }
})();
