namespace TestServers.Calculator;

public static class CalculatorServer
{
    public static Task<int> RunAsync(CancellationToken cancellationToken) => Task.FromResult(0);
}
