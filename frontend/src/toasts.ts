// Word that something is done: eight seconds, longer while the pointer or the focus is on it.
const SECONDS = 8;

interface Toast {
	text: string;
	undo_url: string;
}

const place = document.getElementById("toasts");

/** Return one of the texts that the page carries for its script. */
export function words(name: string): string {
	return place?.dataset[name] ?? "";
}

/** Show `text`, and a button that posts to `undoUrl` where the deed can be undone. */
export function say(text: string, undoUrl = ""): void {
	if (!place || !text) return;
	const toast = document.createElement("div");
	toast.className = "toast";
	toast.append(Object.assign(document.createElement("span"), { textContent: text }));
	if (undoUrl) toast.append(undoForm(undoUrl));
	place.append(toast);
	leaveLater(toast);
}

function undoForm(url: string): HTMLFormElement {
	const form = document.createElement("form");
	form.method = "post";
	form.action = url;
	const token = document.querySelector("input[name=csrfmiddlewaretoken]");
	if (token) form.append(token.cloneNode());
	form.append(Object.assign(document.createElement("button"), { textContent: words("undo") }));
	return form;
}

function leaveLater(toast: Element): void {
	let timer = 0;
	const start = () => {
		timer = window.setTimeout(() => toast.remove(), SECONDS * 1000);
	};
	const wait = () => window.clearTimeout(timer);
	for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, wait);
	for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, start);
	start();
}

for (const toast of place?.children ?? []) leaveLater(toast);

document.addEventListener("toast", (event) => {
	const { list } = (event as CustomEvent<{ list: Toast[] }>).detail;
	for (const toast of list) say(toast.text, toast.undo_url);
});
