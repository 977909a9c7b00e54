using System.CommandLine;
using Bridge.Llama.Workers;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge llama-worker</c>: a process that runs one model for another <c>bridge</c>; not for people.</summary>
internal static class LlamaWorkerVerb
{
    public static Command Create()
    {
        var verb = new Command(LlamaWorker.Verb, "Run a model for another process, which speaks over standard input and output.") { Hidden = true };
        verb.SetAction((_, _) => LlamaWorker.RunAsync());
        return verb;
    }
}
