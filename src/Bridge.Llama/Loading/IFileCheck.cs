using Bridge.Configuration;
using Bridge.Llama.Inference;

namespace Bridge.Llama.Loading;

/// <summary>Tries a model's file where it can do no harm, before it is opened in this process.</summary>
internal interface IFileCheck
{
    /// <summary>Returns when the file may be opened here.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="path">The file.</param>
    /// <param name="how">How it will run.</param>
    /// <exception cref="LlamaException">It ended the process that tried it.</exception>
    Task EnsureAsync(string name, string path, LlamaOptions how);
}
