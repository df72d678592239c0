/** What is being written: it outlives the panel, which may be closed and opened again. */
export class Draft {
  text = $state('');
}
