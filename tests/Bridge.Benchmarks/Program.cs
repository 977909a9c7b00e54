using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Bridge.Benchmarks;
using Bridge.Benchmarks.Gateway;

// "ajv" holds validation against Ajv in Node; two processes that take turns are beyond what BenchmarkDotNet measures.
if (args is ["ajv"])
{
    return AjvComparison.Run();
}

// "prefixes" says how much of the prompts is read once only where every question has tools of its own.
if (args is ["prefixes"])
{
    await PrefixWorkload.RunAsync();
    return 0;
}

// "retrieval" says how many of the wanted tools are picked out of thousands.
if (args is ["retrieval"])
{
    RetrievalComparison.Run();
    return 0;
}

// "embedded" says how long the caller that needs no model takes.
if (args is ["embedded"])
{
    await EmbeddedLatency.RunAsync();
    return 0;
}

// "gateway" holds Bridge's gateway against others, or against those that are named, each in front of the same server; "relay" is the least of them.
if (args is ["gateway", ..])
{
    return await GatewayComparison.RunAsync(args[1..]);
}

if (args is ["relay", var url, var command, ..])
{
    return await BareRelay.RunAsync(url, command, args[3..]);
}

// In process, because the benchmarks then run on whatever runtime the build has; short, because they are to be run often.
// A job on the command line, such as "--job medium", comes on top of this one.
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .WithOptions(ConfigOptions.JoinSummary);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
