// Before the first drawing: dark or light as the device has it, unless the person has chosen. No page flashes.
vuetifyThemes = {light: {dark: false, colors: {}}, dark: {dark: true, colors: {}}};
if (!localStorage.getItem(":solara:theme.variant")) theme.variant = "auto";
appContainer.classList.toggle("theme--dark", inDarkMode());
appContainer.classList.toggle("theme--light", !inDarkMode());
document.documentElement.style.background = inDarkMode() ? "#12181e" : "#f3f5f7";
