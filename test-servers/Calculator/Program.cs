using TestServers.Calculator;

return await CalculatorServer.RunAsync(CancellationToken.None);
