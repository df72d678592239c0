import { hubBusContract } from '../ports/hub-bus.contract.ts';
import { MemoryHubExchange } from './memory-hub-bus.ts';

const exchange = new MemoryHubExchange();
hubBusContract('Memory', async () => exchange.connect());
