// Several servers listen on every interface and cannot be told otherwise. Loaded before them, this keeps them at home.
const net = require('node:net');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  return typeof port === 'object' || typeof port === 'function'
    ? listen.call(this, port, ...rest)
    : listen.call(this, Number(port), '127.0.0.1', ...rest.filter((argument) => typeof argument === 'function'));
};
