using System.CommandLine;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models</c>: the models of the engine on this machine.</summary>
internal static class ModelsVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("models", "List, add, show and remove the GGUF models of this machine.")
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
        return verb;
    }
}
