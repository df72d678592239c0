/** Upper bounds of histograms, in Prometheus' base units. Few and round: each is a series for every label. */

/** Seconds of something that a person waits for, over a network: 5 ms to 10 s. */
export const WAIT_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Seconds of one write to a database beside the hub: half a millisecond to 5 s. */
export const WRITE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Shares of packets that were lost: speech suffers from some 5 % on, pictures from 2 %. */
export const LOSS_RATIO = [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** Seconds from here to a browser and back: a fibre in town to a satellite and worse. */
export const ROUND_TRIP_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2];
