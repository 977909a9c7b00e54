using System.CommandLine;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models</c>: the models of the engine on this machine.</summary>
internal static class ModelsVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("models", "The GGUF models of this machine, and the llama.cpp that runs them.")
        {
            Examples =
            [
                ("bridge models add hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF:Q4_K_M", "fetches a model from Hugging Face"),
                ("bridge models add ~/models/qwen.gguf", "points to a file"),
                ("bridge models list", "the models there are"),
            ],
        };
        verb.Add(ModelsListVerb.Create(environment));
        verb.Add(ModelsAddVerb.Create(environment));
        verb.Add(ModelsShowVerb.Create(environment));
        verb.Add(ModelsRemoveVerb.Create(environment));
        verb.Add(ModelsLoadVerb.CreateLoad(environment));
        verb.Add(ModelsLoadVerb.CreateUnload(environment));
        verb.Add(ModelsAdviseVerb.Create(environment));
        verb.Add(ModelsInstallRuntimeVerb.Create(environment));
        return verb;
    }
}
