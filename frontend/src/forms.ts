// Forms: word that they are being sent, and once only.
const sent = new Map<HTMLFormElement, () => void>();

document.addEventListener(
	"submit",
	(event) => {
		const form = event.target as HTMLFormElement;
		if (sent.has(form)) {
			event.preventDefault();
			event.stopImmediatePropagation();
			return;
		}
		const button = event.submitter;
		if (button instanceof HTMLButtonElement && button.dataset.busy) sent.set(form, makeBusy(button));
	},
	true,
);

function makeBusy(button: HTMLButtonElement): () => void {
	const label = [...button.childNodes];
	button.setAttribute("aria-busy", "true");
	button.replaceChildren(button.dataset.busy ?? "");
	return () => {
		button.removeAttribute("aria-busy");
		button.replaceChildren(...label);
	};
}

function rest(): void {
	for (const restore of sent.values()) restore();
	sent.clear();
}

// A page taken back from the browser's memory, and a form that htmx has sent, can be sent again.
window.addEventListener("pageshow", rest);
document.addEventListener("htmx:afterRequest", rest);

document.addEventListener("change", (event) => {
	const control = event.target as HTMLElement;
	if (control instanceof HTMLSelectElement && control.hasAttribute("data-submit")) control.form?.requestSubmit();
});

document.addEventListener("click", (event) => {
	if ((event.target as Element).closest("[data-print]")) window.print();
});
