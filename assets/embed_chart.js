/* Puts the interactive chart into an embed once Plotly has drawn it. Until then, and wherever
   anything of it fails, the picture stays. */
(function (own) {
  "use strict";
  var place = document.getElementById("interactive");
  var picture = document.getElementById("drawn");
  var plotly = document.createElement("script");
  plotly.src = own.getAttribute("data-plotly");
  plotly.onload = function () {
    try {
      draw();
    } catch (error) {
      place.remove();
    }
  };
  document.head.appendChild(plotly);

  function draw() {
    var figure = JSON.parse(document.getElementById("figure").textContent);
    place.style.width = picture.clientWidth + "px";
    place.hidden = false;
    /* The wheel is round: on a phone it needs no more height than width. */
    if (figure.data[0].type === "sunburst") {
      figure.layout.height = Math.min(figure.layout.height, picture.clientWidth + 32);
    }
    window.Plotly.newPlot(place, figure.data, figure.layout, figure.config).then(function () {
      place.style.width = "";
      place.classList.add("plot");
      picture.hidden = true;
      window.Plotly.Plots.resize(place);
    }, function () {
      place.remove();
    });
  }
})(document.currentScript);
