// What htmx leaves open.

// An answer without the list that was asked for is another page: of an error, or to sign in on.
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.select && !ctx.text.includes(`id="${ctx.select.slice(1)}"`)) {
    Object.assign(ctx, { select: null, target: document.body, swap: "innerHTML" });
  }
});

// Whoever turned a page goes on reading where a new page begins.
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.target === document.body) document.getElementById("main").focus();
});
