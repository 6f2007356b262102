// Begins the page that shows the API's document, in the place of the file of this name that Swagger UI has.
window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: "/docs/openapi.json",
    dom_id: "#swagger-ui",
    layout: "StandaloneLayout",
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    plugins: [SwaggerUIBundle.plugins.DownloadUrl],
    deepLinking: true,
    filter: true,
    // A token is in memory, and gone with the page.
    persistAuthorization: false,
    // Whoever is signed in writes with their session: the header says that it is their wish.
    requestInterceptor: (request) => {
      if (new URL(request.url, location.href).origin === location.origin) {
        request.headers["X-Requested-With"] = "rapporteur";
      }
      return request;
    },
  });
};
