/* The fields of a question, on the site and in frames: slider and number field say the same, and
   a finger or the mouse draws a line. */
(function () {
  "use strict";
  document.documentElement.classList.add("scripts");
  window.answerFields = { prepare: prepare };

  /* Makes a form that is shown ready. Without scripts the slider's place counts where no number is typed, and a drawing has options. */
  function prepare() {
    var form = document.getElementById("quiz-form");
    document.documentElement.classList.remove("q-choosing");
    if (form && form.elements.number) form.elements.number.required = true;
    if (form && form.elements.line) redraw(form);
  }

  /* Slider and number field say the same; a drawn line and a chosen option exclude each other. */
  function agree(event) {
    var field = event.target;
    var form = field.form;
    if (!form || form.id !== "quiz-form") return;
    if (field.name === "slider") form.elements.number.value = local(field.value);
    if (field.name === "number" && number(field.value) !== null) form.elements.slider.value = number(field.value);
    if (field.name === "option" && form.elements.line) form.elements.line.value = "";
    if (form.elements.line) redraw(form);
  }

  function number(words) {
    var plain = words.replace(/\s/g, "").replace(",", ".").replace("\u2212", "-");
    return plain && isFinite(plain) ? Number(plain) : null;
  }

  function local(value) {
    return Number(value).toLocaleString(document.documentElement.lang, { useGrouping: false, maximumFractionDigits: 6 });
  }

  /* The pen: the last point that was drawn while a finger or button is down. */
  var pen = null;

  function press(event) {
    if (!event.target.closest || !event.target.closest("[data-years]")) return;
    pen = { at: -1 };
    move(event);
  }

  function move(event) {
    var chart = pen && document.querySelector("[data-years]");
    if (!pen || !chart) return;
    var sheet = sheetOf(chart);
    var box = chart.getBoundingClientRect();
    var x = (event.clientX - box.left) * chart.viewBox.baseVal.width / box.width;
    var y = (event.clientY - box.top) * chart.viewBox.baseVal.height / box.height;
    var at = sheet.x.reduce(function (best, place, index) {
      return Math.abs(place - x) < Math.abs(sheet.x[best] - x) ? index : best;
    }, 0);
    var value = sheet.value(y);
    var line = sheet.line();
    if (pen.at < 0) {
      /* From the last point that is there, so that the line has no hole. */
      pen.at = Math.min(at, line.length) - 1;
      pen.value = pen.at < 0 ? sheet.value(sheet.start[1]) : line[pen.at];
    }
    var step = at < pen.at ? -1 : 1;
    for (var place = pen.at; place !== at; place += step) {
      if (place !== pen.at) line[place] = pen.value + (value - pen.value) * (place - pen.at) / (at - pen.at);
    }
    line[at] = value;
    pen = { at: at, value: value };
    var form = chart.closest("form");
    form.elements.line.value = line.map(sheet.round).join(" ");
    form.querySelectorAll("#quiz-options input").forEach(function (field) { field.checked = false; });
    redraw(form);
  }

  /* What the picture's attributes say (components/quiz/items/draw.py). */
  function sheetOf(chart) {
    function numbers(name) { return chart.getAttribute("data-" + name).split(" ").map(Number); }
    var area = numbers("area");
    var axis = numbers("axis");
    var decimals = (String(axis[2]).split(".")[1] || "").length;
    return {
      x: numbers("x"),
      start: numbers("start"),
      unit: chart.getAttribute("data-unit"),
      value: function (y) {
        var share = Math.max(0, Math.min(1, (area[3] - y) / (area[3] - area[2])));
        return axis[0] + share * (axis[1] - axis[0]);
      },
      y: function (value) { return area[3] - (area[3] - area[2]) * (value - axis[0]) / (axis[1] - axis[0]); },
      round: function (value) { return (Math.round(value / axis[2]) * axis[2]).toFixed(decimals); },
      line: function () {
        return chart.closest("form").elements.line.value.split(" ").filter(Boolean).map(Number);
      },
    };
  }

  function redraw(form) {
    var chart = form.querySelector("[data-years]");
    var sheet = sheetOf(chart);
    var points = sheet.line().slice(0, sheet.x.length).map(function (value, index) { return [sheet.x[index], sheet.y(value)]; });
    var last = points[points.length - 1];
    var name = chart.querySelector("#quiz-drawn-name");
    chart.querySelector("#quiz-drawn").setAttribute("d", last ? "M" + [sheet.start].concat(points).join("L") : "");
    name.textContent = last ? local(sheet.line()[points.length - 1]) : "";
    if (last) {
      name.setAttribute("x", last[0]);
      var near = points.filter(function (point) { return last[0] - point[0] < 40; }).concat([last[0] - sheet.start[0] < 40 ? sheet.start : last]);
      var top = Math.min.apply(null, near.map(function (point) { return point[1]; }));
      name.setAttribute("y", Math.max(14, top - 9));
    }
  }

  document.addEventListener("input", agree);
  document.addEventListener("pointerdown", press);
  document.addEventListener("pointermove", move);
  ["pointerup", "pointercancel"].forEach(function (kind) {
    document.addEventListener(kind, function () { pen = null; });
  });
  document.addEventListener("click", choose);
  (window.early || []).forEach(function (event) {
    if (event.type === "input") agree(event);
    if (event.type === "pointerdown") press(event);
    if (event.type === "click") {
      pen = null;
      choose(event);
    }
  });

  function choose(event) {
    if (event.target.id !== "quiz-choose") return;
    document.documentElement.classList.add("q-choosing");
    document.querySelector("#quiz-options input").focus();
  }
  prepare();
})();
