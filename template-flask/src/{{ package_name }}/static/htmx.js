// What htmx leaves open.

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.text.includes("<main")) {
    // No page of this app, but of a proxy perhaps: the browser may show it.
    event.preventDefault();
    location.assign(ctx.request.action);
  } else if (ctx.select && !ctx.text.includes(`id="${ctx.select.slice(1)}"`)) {
    // An answer without the list that was asked for is another page: of an error, or to sign in on.
    Object.assign(ctx, { select: null, target: document.body, swap: "innerHTML" });
  }
});

// No answer at all: let the browser say so, as it does where there is no script.
document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx?.request && !ctx.response) location.assign(ctx.request.action);
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  // Whoever turned a page goes on reading where a new page begins.
  if (ctx.target === document.body) document.getElementById("main").focus();
});
