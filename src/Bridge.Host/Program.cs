using Bridge.Host.Terminal;
using Bridge.Host.Verbs;

using var stop = new StopSignals();
return await BridgeCommand.RunAsync(args, CommandEnvironment.OfProcess(stop), stop.Interrupted);
