return await TestServers.Calculator.CalculatorServer.RunAsync(CancellationToken.None);
