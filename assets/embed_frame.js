/* Stands inside every embed: tells the page around how high the chart is, whenever that changes
   or the page asks. It says nothing else, and the embed needs none of it. */
(function (own, root) {
  "use strict";
  if (own.parent === own) return;
  /* WordPress names the frame that it puts around us behind the address. */
  var secret = /[#&?]secret=(\w+)/.exec(own.location.hash);

  function tell() {
    var height = Math.ceil(root.getBoundingClientRect().height);
    if (!height) return;
    own.parent.postMessage({ type: "u4ssc-embed-height", height: height }, "*");
    if (secret) own.parent.postMessage({ message: "height", value: height, secret: secret[1] }, "*");
  }

  /* The answer to a question must know the secret, too, and begins with its verdict. */
  var form = own.document.forms[0];
  var verdict = own.document.getElementById("quiz-verdict");
  if (form) form.action += own.location.hash;
  if (verdict) verdict.focus({ preventScroll: true });

  own.addEventListener("message", function (event) {
    if (event.source === own.parent && event.data && event.data.type === "u4ssc-embed-ask") tell();
  });
  own.addEventListener("load", tell);
  /* Covers the width, an opened table and a chart that grew. */
  if (own.ResizeObserver) new ResizeObserver(tell).observe(root);
  else own.addEventListener("resize", tell);
})(window, document.documentElement);
