// The print button of a claim's page; without scripts there is the browser's own menu.

const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
