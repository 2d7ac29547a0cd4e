// A change of theme or version shows at once: the open page keeps what was typed into it.
document.addEventListener("appearance", (event) => {
	const { theme, vision } = (event as CustomEvent<{ theme: string; vision: string }>).detail;
	set("data-theme", theme);
	set("data-vision", vision);
});

function set(name: string, value: string): void {
	if (value) document.documentElement.setAttribute(name, value);
	else document.documentElement.removeAttribute(name);
}
