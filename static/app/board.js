// On a board the arrow keys go from card to card: up and down in a column, left and right to the column beside it.

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function cardsOf(column) {
  return [...column.querySelectorAll(".hr-board__card > a")];
}

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const card = step && event.target.closest?.(".hr-board__card > a");
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  const columns = [...card.closest(".hr-board").children].map(cardsOf);
  const at = columns.findIndex((cards) => cards.includes(card));
  const row = columns[at].indexOf(card);
  const [sideways, along] = step;
  let to = at + sideways;
  while (sideways && columns[to]?.length === 0) to += sideways;
  const cards = columns[to] ?? [];
  const next = sideways ? cards[Math.min(row, cards.length - 1)] : cards[row + along];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
