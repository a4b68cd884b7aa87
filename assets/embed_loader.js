/* For other people's pages: puts the live chart where a figure shows its picture. The picture
   stays wherever the chart does not answer. At most 2048 bytes as served; the contract is in
   docs/embeds.md. */
(function (page) {
  "use strict";
  var own = page.currentScript;
  if (!own || !window.IntersectionObserver) return;
  var origin = new URL(own.src).origin;
  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      near.unobserve(entry.target);
      load(entry.target);
    });
  }, { rootMargin: "2000px" });

  function find() {
    page.querySelectorAll("figure[data-u4ssc-embed]:not([data-u4ssc-seen])").forEach(function (figure) {
      figure.setAttribute("data-u4ssc-seen", "");
      near.observe(figure);
    });
  }

  /* The frame has no height until it says which, so that nothing moves before. */
  function load(figure) {
    var picture = figure.querySelector("img");
    var frame = page.createElement("iframe");
    frame.src = new URL(figure.getAttribute("data-u4ssc-embed"), origin);
    if (frame.src.indexOf(origin + "/embed/")) return;
    frame.title = picture ? picture.alt : "";
    frame.style.cssText = "display:block;width:100%;height:0;border:0;visibility:hidden";
    figure.insertBefore(frame, figure.querySelector("figcaption"));
    setTimeout(function () {
      if (frame.style.visibility) frame.remove();
    }, 3e4);
  }

  /* What the frame says itself goes out of sight. */
  function show(frame, height) {
    var figure = frame.parentNode;
    frame.style.height = Math.min(Math.ceil(height), 30000) + "px";
    frame.style.visibility = "";
    figure.querySelectorAll(":scope > :not(iframe, figcaption), figcaption > span").forEach(function (one) {
      if (one.contains(page.activeElement)) frame.focus();
      one.style.setProperty("display", "none", "important");
    });
  }

  window.addEventListener("message", function (event) {
    var told = event.data;
    if (event.origin !== origin || !told || told.type !== "u4ssc-embed-height" || !(told.height > 0)) return;
    page.querySelectorAll("figure[data-u4ssc-seen] > iframe").forEach(function (frame) {
      if (frame.contentWindow === event.source) show(frame, told.height);
    });
  });
  new MutationObserver(find).observe(page.documentElement, { childList: true, subtree: true });
  find();
})(document);
