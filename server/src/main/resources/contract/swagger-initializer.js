window.ui = SwaggerUIBundle({
  url: 'v1/swagger.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null, // Asks nobody else.
});
