/* Stands inside every embed: makes the links of a wheel one stop of Tab with arrow keys inside, and
   tells the page around how high the chart is, whenever that changes or the page asks. It says
   nothing else, and the embed needs none of it. In WordPress, whose sandbox lets no link out, it
   hands over the addresses of links that are followed, too. */
(function (own, root) {
  "use strict";
  var links = Array.prototype.slice.call(own.document.querySelectorAll(".wheel a"));
  function stopAt(stop) {
    links.forEach(function (link) { link.setAttribute("tabindex", link === stop ? 0 : -1); });
  }
  if (links.length) stopAt(links[0]);
  links.forEach(function (link, place) {
    link.addEventListener("focus", function () { stopAt(link); });
    link.addEventListener("keydown", function (event) {
      var steps = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1, ArrowUp: place - 1, Home: 0, End: links.length - 1 };
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in steps)) return;
      event.preventDefault();
      links[(steps[event.key] + links.length) % links.length].focus();
    });
  });
  if (own.parent === own) return;
  /* WordPress puts a secret behind the address, by which its script knows the frame. */
  var secret = /[#&?]secret=(\w+)/.exec(own.location.hash);

  function tell() {
    var height = Math.ceil(root.getBoundingClientRect().height);
    if (!height) return;
    own.parent.postMessage({ type: "u4ssc-embed-height", height: height }, "*");
    tellWordPress("height", height);
  }

  function tellWordPress(message, value) {
    if (secret) own.parent.postMessage({ message: message, value: value, secret: secret[1] }, "*");
  }

  /* The answer to a question must know the secret, too, and begins with its verdict. */
  var form = own.document.forms[0];
  var verdict = own.document.getElementById("quiz-verdict");
  if (form) form.action += own.location.hash;
  if (verdict) verdict.focus({ preventScroll: true });

  own.addEventListener("message", function (event) {
    var asked = event.source === own.parent && event.data;
    if (asked && (asked.type === "u4ssc-embed-ask" || asked.message === "ready")) tell();
  });
  root.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!secret || !link) return;
    event.preventDefault();
    tellWordPress("link", new URL(link.getAttribute("href"), link.baseURI).href);
  });
  own.addEventListener("load", tell);
  /* Covers the width, an opened table and a chart that grew. */
  if (own.ResizeObserver) new ResizeObserver(tell).observe(root);
  /* Themes change the height by themselves; the chart's own does not change then. */
  own.addEventListener("resize", tell);
})(window, document.documentElement);
