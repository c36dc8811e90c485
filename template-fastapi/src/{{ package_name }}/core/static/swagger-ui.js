// A file of its own, because the content security policy allows no inline script.
const element = document.getElementById("swagger-ui");

SwaggerUIBundle({
  domNode: element,
  url: element.dataset.url,
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null, // the default one would send the document to another host
});
