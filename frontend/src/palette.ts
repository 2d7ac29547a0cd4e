// Quick jump: Ctrl K, typing, arrows, Enter.
import htmx from "htmx.org";

const palette = document.getElementById("palette");
const input = document.getElementById("palette-q");
const list = document.getElementById("palette-list");

if (palette instanceof HTMLDialogElement && input instanceof HTMLInputElement && list) {
	run(palette, input, list);
}

function run(dialog: HTMLDialogElement, field: HTMLInputElement, found: HTMLElement): void {
	const options = () => [...found.querySelectorAll<HTMLAnchorElement>("a[role=option]")];
	const chosen = () => options().find((option) => option.ariaSelected === "true");

	function choose(index: number): void {
		for (const [at, option] of options().entries()) {
			option.id = `palette-option-${at}`;
			option.setAttribute("aria-selected", String(at === index));
			if (at === index) option.scrollIntoView({ block: "nearest" });
		}
		const option = options()[index];
		if (option) field.setAttribute("aria-activedescendant", option.id);
		else field.removeAttribute("aria-activedescendant");
		field.setAttribute("aria-expanded", String(found.childElementCount > 0));
	}

	function open(): void {
		if (dialog.open) return;
		dialog.showModal();
		field.select();
		htmx.trigger(field, "open-palette");
	}

	document.addEventListener("click", (event) => {
		if (!(event.target as Element).closest("[data-palette]") || event.ctrlKey || event.metaKey) return;
		event.preventDefault();
		open();
	});
	document.addEventListener("keydown", (event) => {
		// The key's place, not its letter: it is «л» on a Russian keyboard.
		if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
		event.preventDefault();
		open();
	});
	dialog.addEventListener("click", (event) => {
		if (event.target === dialog) dialog.close();
	});
	found.addEventListener("htmx:afterSwap", () => choose(0));
	field.addEventListener("keydown", (event) => {
		const all = options();
		const now = all.findIndex((option) => option.ariaSelected === "true");
		const next = { ArrowDown: now + 1, ArrowUp: now - 1 + all.length }[event.key];
		if (next !== undefined && all.length) {
			event.preventDefault();
			choose(next % all.length);
		}
		const target = event.key === "Enter" && chosen();
		if (target) {
			event.preventDefault();
			target.click();
		}
	});
}
